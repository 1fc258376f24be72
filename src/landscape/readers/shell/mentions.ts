/** One of Kafka's tools, or a connector that a script posts. */
export const mentionsTools =
  /\b(kafka-[a-z0-9-]{2,40}|connect-(distributed|standalone|mirror-maker)|zookeeper-(shell|server-start))\b|connector\.class/;
