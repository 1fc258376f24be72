import java.lang.reflect.Field;
import java.lang.reflect.Modifier;

/** `class.NAME value` of each text that classes have as a constant. */
public class Constants {
  public static void main(String[] names) throws Exception {
    for (String name : names)
      for (Field field : Class.forName(name).getFields())
        if (field.getType() == String.class
            && field.getDeclaringClass().getName().equals(name)
            && Modifier.isStatic(field.getModifiers()))
          System.out.println(name + "." + field.getName() + " " + field.get(null));
  }
}
