package org.redress.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.camunda.spin.json.SpinJsonNode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lists in models: Tasklist and the API keep them as Json, multi-instance wants a Java collection. */
@Component("lists")
public class Lists {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The elements of a Json array (or any collection) as texts; an empty list for null. */
    public List<String> strings(@Nullable Object list) {
        List<String> texts = new ArrayList<>();
        if (list instanceof SpinJsonNode json && json.isArray()) {
            json.elements()
                    .forEach(element -> texts.add(element.isString() ? element.stringValue() : element.toString()));
        } else if (list instanceof Collection<?> collection) {
            collection.forEach(element -> texts.add(String.valueOf(element)));
        } else if (list != null && !(list instanceof SpinJsonNode json && json.isNull())) {
            throw new IllegalArgumentException(
                    "Not a list: a value of type " + list.getClass().getSimpleName());
        }
        return texts;
    }

    /** One field of each object of a Json list, as texts; an empty list for null. Objects without it are left out. */
    public List<String> fields(@Nullable Object list, String field) {
        List<String> texts = new ArrayList<>();
        if (list instanceof SpinJsonNode json && json.isArray()) {
            json.elements().forEach(element -> {
                if (element.isObject() && element.hasProp(field)) {
                    texts.add(element.prop(field).stringValue());
                }
            });
        }
        return texts;
    }

    /** How many elements the list has; 0 for null. */
    public int size(@Nullable Object list) {
        return strings(list).size();
    }

    /** Whether the list has this element. */
    public boolean contains(@Nullable Object list, String element) {
        return strings(list).contains(element);
    }

    /** A Json value that the engine keeps as a Json variable. */
    public static SpinJsonNode json(Object value) {
        try {
            return org.camunda.spin.Spin.JSON(MAPPER.writeValueAsString(value));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException("A value that Json cannot hold", e);
        }
    }
}
