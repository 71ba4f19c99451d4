package androidx.compose.material3;

import androidx.compose.runtime.Composer;

public final class TextKt {
  public static void Text(String text, Object modifier, long color, Composer composer, int a, int b) { }
}
