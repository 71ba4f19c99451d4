package org.example.patrol.bean;

import java.util.List;
import org.simpleframework.xml.Attribute;
import org.simpleframework.xml.Element;
import org.simpleframework.xml.ElementList;
import org.simpleframework.xml.Root;

/* JADX INFO: loaded from: classes.dex */
@Root(name = "jtcy")
public class Family {

    @Element(name = "cyrs", required = false)
    public int count;

    @Element(name = "hzxm")
    public String head;

    @Attribute(name = "hh")
    public String hh;

    @ElementList(inline = true, name = "members", required = false)
    public List<Suspect> members;
}
