#!/usr/bin/env bash
# Compare what a GPU answers with what the CPU answers, for every model of the repository.
#
# Usage: ./dev gpu-check [cuda|tensorrt]
#
# Needs an NVIDIA GPU with CUDA 13 and cuDNN 9 (and TensorRT for tensorrt). Builds with Gpu=true, beside the ordinary build.
source "$(dirname "${BASH_SOURCE[0]}")/../lib/verb.sh"

provider=${1:-cuda}
case $provider in
  -h | --help) show_help; exit 0 ;;
  cuda | tensorrt) ;;
  *) wrong_usage "there is no provider '$provider'" ;;
esac

build_release "$root/tests/Onnx.Tests/Onnx.Tests.csproj" --property:Gpu=true
output=$root/tests/Onnx.Tests/bin/gpu/Release/net10.0
export PLATFORM_TEST_PROVIDER=$provider
exec dotnet test "$output/Platform.Onnx.Tests.dll" --nologo --logger "console;verbosity=normal" --filter "FullyQualifiedName~Providers"
