package androidx.compose.material3;

import androidx.compose.runtime.Composer;
import kotlin.jvm.functions.Function1;

public final class CheckboxKt {
  public static void Checkbox(boolean checked, Function1 changed, Object modifier, Composer composer, int a, int b) { }
}
