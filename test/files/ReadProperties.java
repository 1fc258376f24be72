import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** For each line of input, a text in Base64: its keys and values as java.util.Properties reads them, in hex. */
class ReadProperties {
  public static void main(String[] args) throws Exception {
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = input.readLine(); line != null; line = input.readLine()) System.out.println(read(decoded(line)));
  }

  private static String read(String text) {
    var properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (Exception refused) {
      return "refused";
    }
    return new TreeSet<>(properties.stringPropertyNames())
        .stream().map(key -> encoded(key) + "=" + encoded(properties.getProperty(key))).collect(Collectors.joining(" "));
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_16LE);
  }

  private static String encoded(String text) {
    return text.chars().mapToObj(unit -> String.format("%04x", unit)).collect(Collectors.joining());
  }
}
