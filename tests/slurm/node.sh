#!/usr/bin/env bash
# One SLURM node on this machine, to prove the cluster profile without a cluster: all on loopback, no database.
#
#   tests/slurm/node.sh up      start what does not run yet
#   tests/slurm/node.sh down    stop it and remove what it left
#
# For Debian, as root, after: apt-get install --no-install-recommends slurm-wlm munge
# All it keeps lies in one folder, but for the configuration: jobs look for that in SLURM's own place only.
set -euo pipefail

folder=/run/brief-slurm
configuration=/etc/slurm/slurm.conf
mark="# Written by tests/slurm/node.sh"
host=$(hostname -s)

fail() {
    echo "$*" >&2
    exit 1
}

# Say whether the daemon whose process id stands in a file is alive.
runs() {
    [[ -s $1 ]] && kill -0 "$(<"$1")" 2>/dev/null
}

is_ours() {
    [[ ! -e $configuration ]] || grep -q "^$mark" "$configuration"
}

up() {
    local command
    for command in slurmctld slurmd munged; do
        command -v "$command" >/dev/null || fail "$command is missing: apt-get install slurm-wlm munge"
    done
    [[ $EUID == 0 ]] || fail "Only root can start a node of SLURM."
    is_ours || fail "$configuration is not ours: this machine has a SLURM of its own, use that one."
    install -d -m 0755 "$folder" "$folder/controller" "$folder/node"
    start_munge
    write_configuration
    runs "$folder/slurmctld.pid" || slurmctld
    runs "$folder/slurmd.pid" || slurmd
    wait_until_it_answers
}

# Munge signs what daemons and commands say to each other. One that runs already serves as well.
start_munge() {
    if munge --no-input 2>/dev/null | unmunge >/dev/null 2>&1; then
        return
    fi
    [[ -s /etc/munge/munge.key ]] || runuser -u munge -- mungekey --create
    install -d -o munge -g munge -m 0755 /run/munge
    runuser -u munge -- munged
    munge --no-input | unmunge >/dev/null || fail "munge does not answer."
}

# These plugins work in a container too: no control groups, no accounting. Finished jobs are remembered for a day.
write_configuration() {
    local memory
    memory=$(awk '/MemTotal/ { print int($2 / 1024 * 0.9) }' /proc/meminfo)
    cat >"$configuration" <<END
$mark
ClusterName=brief
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
SchedulerParameters=defer,sched_interval=2
ReturnToService=2
MinJobAge=86400
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
StateSaveLocation=$folder/controller
SlurmdSpoolDir=$folder/node
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) RealMemory=$memory State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END
}

wait_until_it_answers() {
    local tries
    for ((tries = 0; tries < 60; tries++)); do
        if [[ $(sinfo --noheader --format=%T 2>/dev/null) =~ ^(idle|mixed|allocated)$ ]]; then
            sinfo
            return
        fi
        sleep 0.5
    done
    tail -n 5 "$folder"/*.log >&2
    fail "SLURM does not answer."
}

# Munge stays: others may use it.
down() {
    local daemon pid
    is_ours || fail "$configuration is not ours."
    for daemon in slurmd slurmctld; do
        if runs "$folder/$daemon.pid"; then
            pid=$(<"$folder/$daemon.pid")
            kill "$pid"
            tail --pid="$pid" --follow /dev/null
        fi
    done
    rm -rf "$folder" "$configuration"
}

case ${1-} in
up | down) "$1" ;;
*) fail "usage: $0 up|down" ;;
esac
