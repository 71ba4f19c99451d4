package kotlin.jvm.functions; public interface Function1 { Object invoke(Object a1); }
