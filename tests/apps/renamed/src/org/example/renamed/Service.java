package org.example.renamed;

import java.util.Map;
import q.b;
import q.e;
import q.g;
import q.h;
import q.i;
import q.j;
import q.k;
import q.z;

/** Paths as such interfaces declare them, under renamed annotations. */
interface Service {
    @e("residents/visits")
    void visit(@k Visit visit);

    @b("residents/{card}")
    Visit one(@g("card") String card, @h("street") String street);

    @e("residents/notes")
    void note(@i("remark") String remark);

    @b("residents")
    void all(@j Map<String, String> filters);

    @z("help/residents")
    void help();
}
