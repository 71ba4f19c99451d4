package com.loopj.android.http;
public interface ResponseHandlerInterface {}
