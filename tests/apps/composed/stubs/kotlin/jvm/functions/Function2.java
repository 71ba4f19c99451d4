package kotlin.jvm.functions; public interface Function2 { Object invoke(Object a1, Object a2); }
