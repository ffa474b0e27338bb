# HDFS: a name node and a data node.

property() {
  printf '  <property><name>%s</name><value>%s</value></property>\n' "$1" "$2"
}

configure_hdfs() {
  {
    echo '<configuration>'
    property fs.defaultFS "$hdfs"
    property hadoop.tmp.dir "$dir/hdfs/tmp"
    echo '</configuration>'
  } >"$dir/conf/core-site.xml"
  {
    echo '<configuration>'
    property dfs.replication 1
    property dfs.namenode.name.dir "file://$dir/hdfs/name"
    property dfs.namenode.http-address "127.0.0.1:$hdfs_web_port"
    # with its one data node there is nobody else to wait for
    property dfs.namenode.safemode.extension 0
    property dfs.namenode.datanode.registration.ip-hostname-check false
    property dfs.datanode.data.dir "file://$dir/hdfs/data"
    property dfs.datanode.hostname 127.0.0.1
    # any free ports: clients ask the name node for them
    property dfs.datanode.address 127.0.0.1:0
    property dfs.datanode.ipc.address 127.0.0.1:0
    property dfs.datanode.http.address 127.0.0.1:0
    # who has closed a file asks at once whether it is whole, which is mostly too early, and by
    # default again after 400 ms: a folder of images would take hours
    property dfs.client.block.write.locateFollowingBlock.initial.delay.ms 10
    property dfs.client.block.write.locateFollowingBlock.retries 11
    echo '</configuration>'
  } >"$dir/conf/hdfs-site.xml"
}

# Under another name first: what has the right name is whole.
format_if_new() {
  local name=$dir/hdfs/name data=$dir/hdfs/data
  [[ -f $name/current/VERSION ]] && return
  [[ -z $(ls -A "$name" 2>/dev/null) ]] ||
    fail "$name holds files, but no name space of HDFS: move them, or name another folder by --dir."
  [[ -z $(ls -A "$data" 2>/dev/null) ]] ||
    fail "$data holds blocks, but $name, which says whose they are, is empty. Nothing was\
 formatted: bring it back, or name another folder by --dir."
  rm -rf "$name.new"
  "$java" -Xmx256m "${options[@]}" \
    "-Dlog4j2.configurationFile=classpath:org/apache/spark/log4j2-defaults.properties" \
    -cp "$class_path" org.apache.hadoop.hdfs.server.namenode.NameNode \
    "-Ddfs.namenode.name.dir=file://$name.new" -format -nonInteractive \
    >"$dir/logs/format.log" 2>&1 9>&- ||
    fail "HDFS could not be formatted: $dir/logs/format.log says why."
  [[ ! -d $name ]] || rmdir "$name"
  mv "$name.new" "$name"
}

data_nodes() {
  page "$hdfs_web_port" '/jmx?qry=Hadoop:service=NameNode,name=FSNamesystemState' |
    between '"NumLiveDataNodes" : ' ','
}

safe_mode() {
  page "$hdfs_web_port" '/jmx?qry=Hadoop:service=NameNode,name=FSNamesystemState' |
    between '"FSState" : "' '"'
}

# scripts/cluster hdfs: Hadoop's own tools.
hadoop_tool() {
  local tool=${1:-}
  case $tool in
    dfs) tool=org.apache.hadoop.fs.FsShell ;;
    dfsadmin) tool=org.apache.hadoop.hdfs.tools.DFSAdmin ;;
    *) usage "scripts/cluster hdfs knows dfs and dfsadmin; got '$tool'" ;;
  esac
  shift
  find_runtime
  require_running namenode datanode
  exec "$java" -Xmx512m "${options[@]}" -cp "$class_path" "$tool" "$@"
}
