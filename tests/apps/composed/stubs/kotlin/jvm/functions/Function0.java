package kotlin.jvm.functions; public interface Function0 { Object invoke(); }
