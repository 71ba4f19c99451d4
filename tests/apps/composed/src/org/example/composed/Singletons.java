package org.example.composed;

import androidx.compose.runtime.internal.ComposableLambdaKt;
import kotlin.jvm.functions.Function2;

/** Functions without anything of their own, made once. */
final class Singletons {
  static final Singletons INSTANCE = new Singletons();
  private static final Function2 FIRST =
      ComposableLambdaKt.composableLambdaInstance(1, false, new Words("Surname"));
  private static final Function2 SECOND =
      ComposableLambdaKt.composableLambdaInstance(2, false, new Words("as in the passport"));

  Function2 first() {
    return FIRST;
  }

  Function2 second() {
    return SECOND;
  }
}
