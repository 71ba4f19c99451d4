package org.apache.http.entity.mime.content;
public class StringBody implements ContentBody { public StringBody(String text) { } }
