#!/usr/bin/env bash
# Puts ONNX Runtime's CUDA and TensorRT providers beside libonnxruntime.so.
set -euo pipefail

eng=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$eng/lib/stage.sh"

target=${1:-}
[[ $target && $target != -* ]] || fail "usage: eng/gpu.sh DIR, the folder that holds libonnxruntime.so"
[[ -f $target/libonnxruntime.so ]] || fail "there is no libonnxruntime.so in $target"
target=$(cd "$target" && pwd)

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cd "$stage"
from_npm com.github.asus4.onnxruntime.linux-x64-gpu@0.4.9 2b459e0c17f340c92970c10ed86de4f37a3009f93c14053e6ad4334cbb6be412 Plugins/Linux/x64
mv package/Plugins/Linux/x64/*.so "$target/"

missing=$(ldd "$target"/libonnxruntime_providers_cuda.so | sed -n 's/^\s*\(\S*\) => not found/\1/p' | sort -u | tr '\n' ' ')
[[ ! $missing ]] || say "still missing on this machine (CUDA 13 and cuDNN 9 bring them): $missing"
