package kotlin.collections;
import java.util.List;
import kotlin.jvm.functions.Function1;
public final class CollectionsKt {
    public static <T> List<T> listOf(T one) { return null; }
    public static String joinToString$default(Iterable<?> all, CharSequence by, CharSequence before, CharSequence after,
            int limit, CharSequence cut, Function1<?, ?> turn, int mask, Object marker) { return null; }
}
