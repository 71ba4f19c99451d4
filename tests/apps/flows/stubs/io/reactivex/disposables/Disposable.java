package io.reactivex.disposables;
public interface Disposable { }
