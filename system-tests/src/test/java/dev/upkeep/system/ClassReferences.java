package dev.upkeep.system;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The classes that code in a class file names: in its constant pool (JVM specification, 4.4), without those of annotations. */
final class ClassReferences {
    private static final Pattern IN_DESCRIPTOR = Pattern.compile("L([\\w/$]+);");

    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int NAME_AND_TYPE = 12;
    private static final int METHOD_HANDLE = 15;
    private static final int METHOD_TYPE = 16;
    private static final Set<Integer> SHORT = Set.of(8, 19, 20);

    private final String[] texts;
    private final List<Integer> classes = new ArrayList<>();
    private final List<Integer> descriptors = new ArrayList<>();

    private ClassReferences(int entries) {
        texts = new String[entries];
    }

    /** Their names, such as {@code java/lang/String}. */
    static Set<String> in(InputStream classFile) throws IOException {
        DataInputStream data = new DataInputStream(classFile);
        data.skipNBytes(8);
        ClassReferences references = new ClassReferences(data.readUnsignedShort());
        for (int entry = 1; entry < references.texts.length; entry++) {
            int tag = data.readUnsignedByte();
            references.read(tag, entry, data);
            if (tag == LONG || tag == DOUBLE) {
                entry++;
            }
        }
        return references.names();
    }

    private void read(int tag, int entry, DataInputStream data) throws IOException {
        if (tag == UTF8) {
            texts[entry] = data.readUTF();
        } else if (tag == CLASS) {
            classes.add(data.readUnsignedShort());
        } else if (tag == METHOD_TYPE) {
            descriptors.add(data.readUnsignedShort());
        } else if (tag == NAME_AND_TYPE) {
            data.skipNBytes(2);
            descriptors.add(data.readUnsignedShort());
        } else {
            data.skipNBytes(lengthOf(tag));
        }
    }

    private static int lengthOf(int tag) {
        if (tag == LONG || tag == DOUBLE) {
            return 8;
        }
        if (tag == METHOD_HANDLE) {
            return 3;
        }
        return SHORT.contains(tag) ? 2 : 4;
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (int index : classes) {
            if (texts[index].startsWith("[")) {
                descriptors.add(index);
            } else {
                names.add(texts[index]);
            }
        }
        for (int index : descriptors) {
            IN_DESCRIPTOR.matcher(texts[index]).results().forEach(found -> names.add(found.group(1)));
        }
        return names;
    }
}
