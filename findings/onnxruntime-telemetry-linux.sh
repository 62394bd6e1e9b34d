#!/usr/bin/env bash
# ONNX Runtime for Linux keeps a database of telemetry in the user's home, unless a variable says not to.
#
# A good guess: a library for inference writes no file. Its privacy page told for years of telemetry in builds for Windows alone, so on
# Linux nothing is expected. Seen with Microsoft.ML.OnnxRuntime 1.31.1 (CPU, linux-x64): making one session leaves an SQLite
# database at ~/.cache/Microsoft/DeveloperTools/.onnxruntime/onnxruntime.db. With ORT_DISABLE_TELEMETRY=1 in the environment before the
# library is loaded there is none. Whether anything is sent was not looked at.
# What follows: set the variable in whatever runs models; a process that may not write files (RLIMIT_FSIZE) is otherwise ended by SIGXFSZ.
#
# Needs the .NET 10 SDK; installs the pinned package into a temporary folder. Fails if the database is not there, or there with the variable.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export NUGET_PACKAGES=$folder/packages DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_HOME=$folder/cli

cat >"$folder/app.cs" <<'CODE'
#:package Microsoft.ML.OnnxRuntime@1.31.1
using System.Text;
using Microsoft.ML.OnnxRuntime;

using var session = new InferenceSession(Model());
Console.WriteLine($"ONNX Runtime {OrtEnv.Instance().GetVersionString()}: a session with {session.InputNames.Count} input was made");

// Input x [1], output y [1] = x. A ModelProto, field by field (onnx.proto).
static byte[] Model()
{
    byte[] node = [.. Text(1, "x"), .. Text(2, "y"), .. Text(4, "Identity")];
    byte[] graph = [.. Part(1, node), .. Text(2, "g"), .. Part(11, Value("x")), .. Part(12, Value("y"))];
    return [.. Number(1, 8), .. Part(7, graph), .. Part(8, [.. Text(1, ""), .. Number(2, 13)])];
}

static byte[] Value(string name) => [.. Text(1, name), .. Part(2, Part(1, [.. Number(1, 1), .. Part(2, Part(1, Number(1, 1)))]))];

static byte[] Part(int field, byte[] content) => [(byte)((field << 3) | 2), (byte)content.Length, .. content];

static byte[] Text(int field, string text) => Part(field, Encoding.UTF8.GetBytes(text));

static byte[] Number(int field, byte value) => [(byte)(field << 3), value];
CODE

dotnet build "$folder/app.cs" --output "$folder/out" --nologo --verbosity quiet
databases() { find "$1" -path '*onnxruntime*' -type f -name '*.db'; }

mkdir "$folder/asked" "$folder/told"
env -u XDG_CACHE_HOME -u ORT_DISABLE_TELEMETRY HOME="$folder/asked" dotnet "$folder/out/app.dll"
env -u XDG_CACHE_HOME ORT_DISABLE_TELEMETRY=1 HOME="$folder/told" dotnet "$folder/out/app.dll"
echo "without the variable: $(databases "$folder/asked" | sed "s|$folder/asked|~|")"
echo "with ORT_DISABLE_TELEMETRY=1: $(databases "$folder/told")"
[[ -n $(databases "$folder/asked") && -z $(databases "$folder/told") ]]
