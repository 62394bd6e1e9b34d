source "$eng/lib/stage.sh"

library=bin/napi-v6/linux/x64/libonnxruntime.so.1
from_npm onnxruntime-node@1.29.0 cfdfb45ec4044b1fdca43e5d2e180fb6817e649ff8ad1e0dfc90e18e51b67037 $library
mkdir native
mv package/$library native/libonnxruntime.so
