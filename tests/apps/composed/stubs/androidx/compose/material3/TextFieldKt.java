package androidx.compose.material3;

import androidx.compose.runtime.Composer;
import kotlin.jvm.functions.Function1;
import kotlin.jvm.functions.Function2;

public final class TextFieldKt {
  public static void TextField(String value, Function1 changed, Object modifier, boolean enabled, boolean readOnly, Object style,
      Function2 label, Function2 placeholder, Function2 leading, Function2 trailing, boolean isError, int lines,
      Composer composer, int a, int b, int c) { }
}
