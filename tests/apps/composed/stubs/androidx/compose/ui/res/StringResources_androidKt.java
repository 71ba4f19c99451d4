package androidx.compose.ui.res;

import androidx.compose.runtime.Composer;

public final class StringResources_androidKt {
  public static String stringResource(int id, Composer composer, int a) { return null; }
}
