// Checks several books in one JVM, which is what most of the time of checking one goes into.
// Prints for each what EPUBCheck says of it, after a line with a form feed and its exit code.
import com.adobe.epubcheck.tool.EpubChecker;

class EpubChecks {
  public static void main(String[] books) {
    System.setErr(System.out);
    for (String book : books) {
      int code = new EpubChecker().run(new String[] {book, "--failonwarnings", "--quiet"});
      System.out.println("\f" + code);
    }
  }
}
