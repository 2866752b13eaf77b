# The local API as a container image: docker build -t orders .
# Both stages have the same JDK, since the cache of classes is of no use to another.
FROM eclipse-temurin:25-jdk AS build
RUN apt-get update && apt-get install -y --no-install-recommends curl maven && useradd --create-home build
# The training run starts a PostgreSQL, which refuses to be root.
USER build
WORKDIR /home/build/orders
COPY --chown=build . .
RUN scripts/image_files.sh local /home/build/image

FROM eclipse-temurin:25-jdk
RUN useradd --create-home orders
USER orders
WORKDIR /orders
COPY --from=build /home/build/image /orders
EXPOSE 8080
ENTRYPOINT ["java", "@java.options", "com.ecommerce.orders.local.LocalApplication"]
