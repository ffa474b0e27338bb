# Spark: a standalone master and its workers.

configure_spark() {
  local vector_options
  vector_options=$(pom_property vector.jvm.options)
  {
    echo "spark.master $master"
    # a driver on a worker gets the options that Spark's launcher gives to one here
    echo "spark.driver.extraJavaOptions $vector_options ${options[*]}"
    # spark-submit waits for it, too
    echo "spark.standalone.submit.waitAppCompletion true"
    # one way to submit is enough, and one port
    echo "spark.master.rest.enabled false"
  } >"$dir/conf/spark-defaults.conf"
  {
    cat "$home/conf/log4j2.properties"
    # what became of a driver on a worker is said at this level alone
    printf '\nlogger.submission.name = org.apache.spark.deploy.ClientEndpoint\n'
    printf 'logger.submission.level = info\n'
  } >"$dir/conf/log4j2.properties"
}

live_workers() {
  page "$spark_web_port" /json/ | between '"aliveworkers" : ' ','
}

master_answers() {
  [[ -z $(live_workers) ]] || echo 1
}
