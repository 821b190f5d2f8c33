export {
  associateResourceShare,
  createResourceShare,
  deleteResourceShare,
  disassociateResourceShare,
  findResourceShare,
  updateResourceShare,
} from "./operations/resource-share";
