package io.reactivex;
import io.reactivex.disposables.Disposable;
import io.reactivex.functions.Consumer;
import io.reactivex.functions.Function;
public abstract class Observable<T> {
    public static <T> Observable<T> just(T one) { return null; }
    public final <R> Observable<R> map(Function<? super T, ? extends R> mapper) { return null; }
    public final Disposable subscribe(Consumer<? super T> next) { return null; }
}
