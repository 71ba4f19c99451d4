package org.example.composed;

import androidx.compose.material3.TextKt;
import androidx.compose.runtime.Composer;
import kotlin.jvm.functions.Function2;

/** A function that draws one text, as the compiler of Kotlin makes it of a lambda that holds one. */
final class Words implements Function2 {
  private final String text;

  Words(String text) {
    this.text = text;
  }

  public void draw(Composer composer, int changed) {
    TextKt.Text(text, null, 0L, composer, 0, 0);
  }

  @Override
  public Object invoke(Object composer, Object changed) {
    draw((Composer) composer, ((Number) changed).intValue());
    return null;
  }
}
