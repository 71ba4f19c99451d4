package org.apache.http.entity.mime.content;
import java.io.File;
public class FileBody implements ContentBody { public FileBody(File file) { } }
