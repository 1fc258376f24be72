import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaNormalization;

/** What Avro itself says of pairs of schemas: lines {reader, writer} in, a line of JSON for each out. */
final class Reference {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  public static void main(String[] args) throws Exception {
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      JsonNode question = MAPPER.readTree(line);
      var answer = MAPPER.createObjectNode();
      try {
        Schema reader = new Schema.Parser().parse(question.get("reader").textValue());
        Schema writer = new Schema.Parser().parse(question.get("writer").textValue());
        var breaks = answer.putArray("breaks");
        for (var one :
            SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()) {
          breaks.add(one.getType() + " " + one.getLocation());
        }
        answer.put("canonical", SchemaNormalization.toParsingForm(reader));
        answer.put(
            "fingerprint",
            String.format("%016x", SchemaNormalization.parsingFingerprint64(reader)));
        answer.put(
            "sha256",
            HexFormat.of().formatHex(SchemaNormalization.parsingFingerprint("SHA-256", reader)));
      } catch (RuntimeException error) {
        answer.put("refused", error.getClass().getSimpleName() + ": " + error.getMessage());
      }
      System.out.println(MAPPER.writeValueAsString(answer));
    }
  }
}
