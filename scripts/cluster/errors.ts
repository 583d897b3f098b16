import { defineErrors } from "@trimtab/domain";

/** What can be wrong with starting and stopping a cluster on this machine. */
export const clusterErrors = defineErrors({
  CLUSTER_OPTION_INVALID: {
    message: "{option} can't be {value}",
    hint: "Give {expected}.",
    exitCode: 2,
  },
  CLUSTER_NO_JAVA: {
    message: "No Java {major} or newer was found; looked at {places}",
    hint: "Install a JDK {major} or newer, or set TRIMTAB_JAVA_HOME to its folder.",
    exitCode: 3,
  },
  CLUSTER_NO_MAVEN: {
    message: "mvn was not found, which downloads Trino",
    hint: "Install Apache Maven 3.6 or newer and put mvn in PATH, or set MAVEN_HOME.",
    exitCode: 3,
  },
  CLUSTER_DOWNLOAD_FAILED: {
    message: "Maven could not fetch {artifact}: {reason}",
    hint: "Check that mvn reaches Maven Central from here (proxies and mirrors go in ~/.m2/settings.xml), then start again: what is there already is kept.",
    exitCode: 3,
  },
  CLUSTER_UNPACK_FAILED: {
    message: "{archive} could not be unpacked: {reason}",
    hint: "Check that tar is installed and that {folder} has 1 GB of free space, then start again.",
    exitCode: 3,
  },
  CLUSTER_NODE_ENDED: {
    message: "{node} ended while the cluster started. Its log ends with:\n{log}",
    hint: "The whole log is {file}.",
    exitCode: 3,
  },
  CLUSTER_NOT_READY: {
    message: "After {seconds} s only {active} of {expected} nodes take work",
    hint: "Look at the logs in {folder}; a busy machine may need --timeout with more seconds.",
    exitCode: 3,
  },
  CLUSTER_RUNS_OTHERWISE: {
    message: "The cluster {name} already runs at {url} with {option} {current}, not {asked}",
    hint: "Stop it first (npm run cluster:stop), or start another with --name.",
    exitCode: 2,
  },
  CLUSTER_STATE_INVALID: {
    message: "{file} can't be read: {problem}",
    hint: "See with ps whether Trino still runs, end it by hand, then remove the file.",
    exitCode: 3,
  },
});
