package com.ecommerce.orders.startup;

import com.ecommerce.orders.settings.SettingException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindingPostProcessor;
import org.springframework.context.annotation.AnnotationConfigUtils;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.context.support.PropertySourcesPlaceholderConfigurer;

/**
 * A post-processor that enables Spring's annotations only if the class of a bean has an annotation, such as
 * {@code @Value} or {@code @EventListener}. The beans of this project have no such annotation.
 * {@code docs/decisions/0012-a-lean-start.md} tells the cost of the processors of annotations.
 */
final class AnnotationSupport implements BeanPostProcessor {

    /** Adds the processors of annotations, or a check that no bean needs the processors. */
    static void addTo(GenericApplicationContext context) {
        if (isNeeded(context)) {
            context.registerBean(PropertySourcesPlaceholderConfigurer.class);
            AnnotationConfigUtils.registerAnnotationConfigProcessors(context);
            ConfigurationPropertiesBindingPostProcessor.register(context);
        } else {
            context.getBeanFactory().addBeanPostProcessor(new AnnotationSupport());
        }
    }

    private static boolean isNeeded(GenericApplicationContext context) {
        for (String name : context.getBeanDefinitionNames()) {
            Class<?> type = context.getBeanFactory().getType(name, false);
            if (type != null && annotationOf(type) != null) {
                return true;
            }
        }
        return false;
    }

    /** Refuses a bean whose class has an annotation, if the bean is registered only as an interface. */
    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        Class<? extends Annotation> annotation = annotationOf(bean.getClass());
        if (annotation != null) {
            throw new SettingException("The class " + bean.getClass().getName() + " of the bean " + name
                    + " has the annotation @"
                    + annotation.getSimpleName() + ", which Spring can't see. Register the bean by this class, for"
                    + " example registry.registerBean(\"" + name + "\", "
                    + bean.getClass().getSimpleName() + ".class, ...)");
        }
        return bean;
    }

    private static @Nullable Class<? extends Annotation> annotationOf(Class<?> type) {
        for (Class<?> each = type; each != null && !isSpringsOrJavas(each); each = each.getSuperclass()) {
            for (AnnotatedElement element : elements(each)) {
                for (Annotation annotation : element.getDeclaredAnnotations()) {
                    if (isSprings(annotation.annotationType(), new HashSet<>())) {
                        return annotation.annotationType();
                    }
                }
            }
        }
        return null;
    }

    private static List<AnnotatedElement> elements(Class<?> type) {
        List<AnnotatedElement> elements = new ArrayList<>(List.of(type));
        elements.addAll(List.of(type.getDeclaredFields()));
        elements.addAll(List.of(type.getDeclaredMethods()));
        elements.addAll(List.of(type.getDeclaredConstructors()));
        return elements;
    }

    /** Tells whether the processors of annotations skip the class. */
    private static boolean isSpringsOrJavas(Class<?> type) {
        return type.getName().startsWith("java.") || type.getName().startsWith("org.springframework.");
    }

    /** Tells whether Spring processes an annotation. Spring also processes the annotations of the annotation's type. */
    private static boolean isSprings(Class<? extends Annotation> annotation, Set<Class<?>> seen) {
        String name = annotation.getName();
        if (name.startsWith("org.springframework.") || name.startsWith("jakarta.")) {
            return true;
        }
        if (name.startsWith("java.") || !seen.add(annotation)) {
            return false;
        }
        for (Annotation meta : annotation.getDeclaredAnnotations()) {
            if (isSprings(meta.annotationType(), seen)) {
                return true;
            }
        }
        return false;
    }
}
