const { startGoogleEndpoint } = require("./dist/endpoint");
(async()=>{
 const e=await startGoogleEndpoint();
 console.time("load");
 const c=require("@google-cloud/compute"), k=require("@google-cloud/container"); console.timeEnd("load");
 const { OAuth2Client } = require("google-auth-library");
 const auth = new OAuth2Client(); auth.setCredentials({access_token:"sandbox"});
 const o={apiEndpoint:"127.0.0.1",port:Number(new URL(e.url).port),protocol:"http",fallback:true,authClient:auth,projectId:"p1"};
 const n=new c.NetworksClient(o);
 try{
 const [op]=await n.insert({project:"p1",networkResource:{name:"net",autoCreateSubnetworks:false}});
 console.log(op.latestResponse?.status, op.name);
 const ops=new c.GlobalOperationsClient(o); const [w]=await ops.wait({project:"p1",operation:op.name}); console.log(w.status);
 console.log((await n.get({project:"p1",network:"net"}))[0].selfLink);
 const s=new c.SubnetworksClient(o);
 await s.insert({project:"p1",region:"europe-west4",subnetworkResource:{name:"sub",network:"global/networks/net",ipCidrRange:"10.0.0.0/24",secondaryIpRanges:[{rangeName:"pods",ipCidrRange:"10.4.0.0/20"}]}});
 for await(const [r,x] of s.aggregatedListAsync({project:"p1"})) if(x.subnetworks?.length) console.log(r,x.subnetworks[0].fingerprint);
 await s.insert({project:"p1",region:"europe-west4",subnetworkResource:{name:"sub2",network:"global/networks/net",ipCidrRange:"10.0.0.0/25"}}).catch(x=>console.log(x.code,x.message, x.status, JSON.stringify(x.errors||x.statusDetails)));
 const m=new k.ClusterManagerClient(o);
 const [cop]=await m.createCluster({parent:"projects/p1/locations/europe-west4",cluster:{name:"c",network:"net",subnetwork:"sub",initialNodeCount:1,ipAllocationPolicy:{useIpAliases:true,clusterSecondaryRangeName:"pods"},locations:["europe-west4-a"]}});
 console.log(cop.status,cop.name);
 console.log((await m.getOperation({name:`projects/p1/locations/europe-west4/operations/${cop.name}`}))[0].status);
 const [cl]=await m.getCluster({name:"projects/p1/locations/europe-west4/clusters/c"}); console.log(cl.status, cl.endpoint, cl.ipAllocationPolicy.clusterIpv4CidrBlock, cl.nodePools[0].name, cl.nodePools[0].instanceGroupUrls, cl.currentNodeCount);
 }catch(x){console.log(x)}
 await e.stop();
})()
