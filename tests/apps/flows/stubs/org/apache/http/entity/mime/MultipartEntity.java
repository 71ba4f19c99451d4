package org.apache.http.entity.mime;
import org.apache.http.entity.BasicHttpEntity;
import org.apache.http.entity.mime.content.ContentBody;
public class MultipartEntity extends BasicHttpEntity { public void addPart(String name, ContentBody body) { } }
