/**
 * What `npm run mutation` runs for each mutant: the tests of `decide/` and `act/` in one file, because Jest loads every module
 * anew for each file, which takes six times as long as the tests. Without decide.test.ts: a property that fails is shrunk for
 * longer than all other tests take.
 */
import "./act/act.test";
import "./act/cidrs.test";
import "./act/drain.test";
import "./act/wiring.test";
import "./decide/budget.test";
import "./decide/causes.test";
import "./decide/conflict.test";
import "./decide/expansion.test";
import "./decide/reclaim.test";
import "./decide/shared-pool.test";
import "./decide/shortage.test";
import "./decide/with-pods.test";
import "./reconcile.test";
