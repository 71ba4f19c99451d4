package androidx.compose.runtime.internal;

import androidx.compose.runtime.Composer;
import kotlin.jvm.functions.Function2;

public final class ComposableLambdaKt {
  public static Function2 composableLambdaInstance(int key, boolean tracked, Object block) { return null; }
  public static Function2 rememberComposableLambda(int key, boolean tracked, Object block, Composer composer, int changed) { return null; }
}
