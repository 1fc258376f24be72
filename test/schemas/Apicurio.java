import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.apicurio.registry.json.rules.compatibility.jsonschema.JsonSchemaDiffLibrary;
import io.apicurio.registry.protobuf.rules.compatibility.protobuf.ProtobufCompatibilityCheckerLibrary;
import io.apicurio.registry.utils.protobuf.schema.ProtobufFile;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeSet;

/** What Apicurio says breaks between pairs: lines {format, before, after} in, a line for each out. */
final class Apicurio {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  public static void main(String[] args) throws Exception {
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      JsonNode question = MAPPER.readTree(line);
      String before = question.get("before").textValue();
      String after = question.get("after").textValue();
      var answer = MAPPER.createObjectNode();
      try {
        var breaks = new TreeSet<String>();
        if (question.get("format").textValue().equals("json")) {
          for (var one : JsonSchemaDiffLibrary.getIncompatibleDifferences(before, after, Map.of()))
            breaks.add(one.getDiffType() + " " + one.getPathUpdated());
        } else {
          var library =
              new ProtobufCompatibilityCheckerLibrary(
                  new ProtobufFile(before), new ProtobufFile(after));
          for (var one : library.findDifferences()) breaks.add(one.getMessage());
        }
        var list = answer.putArray("breaks");
        breaks.forEach(list::add);
      } catch (RuntimeException error) {
        answer.put("refused", String.valueOf(error));
      }
      System.out.println(MAPPER.writeValueAsString(answer));
    }
  }
}
