source "$eng/lib/stage.sh"

need_c_toolchain
from_npm @confluentinc/kafka-javascript@1.10.1 ada7d703bb1d3237e2292bfabf438d663b6160c9f1ac2a2406b5dc4257c81b66 deps/librdkafka

cd package/deps/librdkafka
say "compiling librdkafka (about a minute)"
quietly ./configure --enable-ssl --enable-zstd --disable-lz4-ext --disable-gssapi --disable-curl --disable-debug-symbols
quietly make -C src -j"$(nproc)" librdkafka.so.1

# Packed under the name that .NET looks for.
mkdir "$Stage/native"
cp src/librdkafka.so.1 "$Stage/native/librdkafka.so"
