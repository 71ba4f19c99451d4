package com.lzy.okgo.request;
public class PostRequest<T> extends com.lzy.okgo.request.base.Request<T, PostRequest<T>> {}
