import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.storage.StringConverter;

/**
 * Kafka's own ConfigDefs, asked. With `list`: every key, as JSON. With `check`: reads a JSON array
 * of [kind, key, text] and answers with what Kafka says against each of them, or null.
 */
public class Keys {
  private static final String CONNECT = "org.apache.kafka.connect.runtime.";
  private static final String MIRROR = "org.apache.kafka.connect.mirror.";
  private static final String SERVER = "org.apache.kafka.(server|storage|coordinator|raft|network|security).*";

  /** Where a kind's ConfigDef is, and the classes (a pattern) with the constants of its keys. */
  private record Source(String type, String member, String constants) {}

  private static final Map<String, Source> SOURCES = new LinkedHashMap<>();

  static {
    source("broker", "org.apache.kafka.server.config.AbstractKafkaConfig", "CONFIG_DEF", SERVER);
    source("topic", "org.apache.kafka.storage.internals.log.LogConfig", "CONFIG",
        "org.apache.kafka.common.config.TopicConfig");
    source("producer", "org.apache.kafka.clients.producer.ProducerConfig", "CONFIG");
    source("consumer", "org.apache.kafka.clients.consumer.ConsumerConfig", "CONFIG");
    source("admin", "org.apache.kafka.clients.admin.AdminClientConfig", "CONFIG");
    source("streams", "org.apache.kafka.streams.StreamsConfig", "CONFIG");
    source("connect-distributed", CONNECT + "distributed.DistributedConfig", "config",
        CONNECT + "(WorkerConfig|distributed.DistributedConfig)");
    source("connect-standalone", CONNECT + "standalone.StandaloneConfig", "CONFIG",
        CONNECT + "(WorkerConfig|standalone.StandaloneConfig)");
    source("connect-source", CONNECT + "SourceConnectorConfig", "configDef");
    source("connect-sink", CONNECT + "SinkConnectorConfig", "configDef");
    source("mirror-maker", MIRROR + "MirrorMakerConfig", "config");
    source("mirror-source", MIRROR + "MirrorSourceConfig", "CONNECTOR_CONFIG_DEF");
    source("mirror-checkpoint", MIRROR + "MirrorCheckpointConfig", "CONNECTOR_CONFIG_DEF");
    source("mirror-heartbeat", MIRROR + "MirrorHeartbeatConfig", "CONNECTOR_CONFIG_DEF");
  }

  private static void source(String kind, String type, String member) {
    source(kind, type, member, type);
  }

  private static void source(String kind, String type, String member, String constants) {
    SOURCES.put(kind, new Source(type, member, constants));
  }

  public static void main(String[] args) throws Exception {
    ObjectMapper json = new ObjectMapper();
    Object answer = args[0].equals("list") ? list() : check(json.readTree(System.in));
    System.out.write(json.writeValueAsBytes(answer));
    System.out.flush();
  }

  private static Map<String, Object> list() throws Exception {
    Map<String, Object> kinds = new LinkedHashMap<>();
    for (String kind : SOURCES.keySet()) {
      Map<String, Boolean> deprecated = deprecated(SOURCES.get(kind).constants());
      List<Object> keys = new ArrayList<>();
      for (ConfigDef.ConfigKey key : new TreeMap<>(configDef(kind).configKeys()).values())
        keys.add(described(key, deprecated.getOrDefault(key.name, false)));
      kinds.put(kind, keys);
    }
    return kinds;
  }

  private static Map<String, Object> described(ConfigDef.ConfigKey key, boolean deprecated)
      throws Exception {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", key.name);
    facts.put("type", key.type);
    if (key.hasDefault()) facts.put("default", ConfigDef.convertToString(key.defaultValue, key.type));
    if (key.validator != null) {
      facts.put("validator", key.validator.getClass().getName().replaceAll(".*[.$](?=[A-Z])", ""));
      facts.put("text", key.validator.toString());
      // Not in its text: whether a list may be empty (KIP-1161, since 4.2).
      if (key.validator instanceof ConfigDef.ValidList && has(key.validator, "isEmptyAllowed"))
        facts.put("emptyAllowed", member(key.validator.getClass(), "isEmptyAllowed").get(key.validator));
    }
    facts.put("importance", key.importance);
    facts.put("internal", key.internalConfig);
    facts.put("deprecated", deprecated);
    facts.put("documentation", key.documentation);
    return facts;
  }

  private static boolean has(Object object, String field) {
    for (Field one : object.getClass().getDeclaredFields()) if (one.getName().equals(field)) return true;
    return false;
  }

  private static ConfigDef configDef(String kind) throws Exception {
    Source source = SOURCES.get(kind);
    Class<?> type = Class.forName(source.type());
    for (Method method : type.getDeclaredMethods()) {
      if (!method.getName().equals(source.member()) || method.getReturnType() != ConfigDef.class) continue;
      method.setAccessible(true);
      if (method.getParameterCount() == 0) return (ConfigDef) method.invoke(null);
      // Connect's Crypto, for which algorithms there are.
      Class<?> crypto = method.getParameterTypes()[0];
      if (crypto.isInterface()) return (ConfigDef) method.invoke(null, crypto.getField("SYSTEM").get(null));
    }
    return (ConfigDef) member(type, source.member()).get(null);
  }

  private static Field member(Class<?> type, String name) throws NoSuchFieldException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  /** Keys all of whose constants in these classes are @Deprecated; one may be deprecated for its spelling. */
  private static Map<String, Boolean> deprecated(String classes) throws Exception {
    Map<String, Boolean> found = new HashMap<>();
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (!Path.of(path).getFileName().toString().matches("(kafka|connect)[-_].*[.]jar")) continue;
      try (JarFile jar = new JarFile(path)) {
        for (JarEntry entry : Collections.list(jar.entries())) {
          String name = entry.getName().replace('/', '.').replaceFirst("[.]class$", "");
          if (!name.matches(classes) || !name.matches(".*Configs?")) continue;
          for (Field field : Class.forName(name, false, Keys.class.getClassLoader()).getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) || field.getType() != String.class) continue;
            field.setAccessible(true);
            found.merge((String) field.get(null), field.isAnnotationPresent(Deprecated.class), Boolean::logicalAnd);
          }
        }
      }
    }
    return found;
  }

  private static List<String> check(JsonNode questions) throws Exception {
    Thread.currentThread().setContextClassLoader(new EveryClass());
    Map<String, ConfigDef> definitions = new HashMap<>();
    for (String kind : SOURCES.keySet()) definitions.put(kind, configDef(kind));
    List<String> answers = new ArrayList<>();
    for (JsonNode question : questions) {
      String name = question.get(1).asText();
      ConfigDef.ConfigKey key = definitions.get(question.get(0).asText()).configKeys().get(name);
      answers.add(refusal(key, question.get(2).asText()));
    }
    return answers;
  }

  private static String refusal(ConfigDef.ConfigKey key, String text) {
    try {
      Object value = ConfigDef.parseType(key.name, text, key.type);
      if (key.validator != null) key.validator.ensureValid(key.name, value);
      return null;
    } catch (Throwable refused) {
      return refused.toString();
    }
  }

  /** A class path on which every class is that can be: whether one is on a user's is not Kafka's to say. */
  private static class EveryClass extends ClassLoader {
    EveryClass() {
      super(Keys.class.getClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      try (var file = Keys.class.getResourceAsStream("Keys$Plugin.class")) {
        byte[] renamed = replace(file.readAllBytes(), utf8("Keys$Plugin"), utf8(name.replace('.', '/')));
        return defineClass(name, renamed, 0, renamed.length);
      } catch (IOException error) {
        throw new ClassNotFoundException(name, error);
      }
    }

    /** As in a constant pool: two bytes of length, then the text. */
    private static String utf8(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return new String(new byte[] {(byte) (bytes.length >> 8), (byte) bytes.length}, StandardCharsets.ISO_8859_1)
          + new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] replace(byte[] bytes, String from, String to) {
      return new String(bytes, StandardCharsets.ISO_8859_1).replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  /** What any key that names a plug-in class accepts. */
  public static class Plugin extends StringConverter {}
}
