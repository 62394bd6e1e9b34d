#!/usr/bin/env bash
# ONNX Runtime's ReduceMax answers equal rows of one run unlike where they hold a NaN.
#
# A good guess: a row that holds NaN gives NaN, as NumPy's max does, or the largest of its numbers; in any case equal rows of one run give
# the same. Seen with Microsoft.ML.OnnxRuntime 1.31.1 (CPU, linux-x64): [1, 2, NaN, 4 … 9], 33 times in one run, is NaN in some rows, 9 in
# others and 8, of which one cannot tell that anything is missing, in yet others: by where the row begins in memory. A number beside the
# NaN is lost with it. The operator's specification does not say what a NaN does.
# What follows: rows with missing numbers must not share a run, and a model that takes them should not reduce them by maximum.
#
# Needs the .NET 10 SDK; installs the pinned package into a temporary folder. Fails if equal rows are answered alike.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export NUGET_PACKAGES=$folder/packages DOTNET_CLI_TELEMETRY_OPTOUT=1

cat >"$folder/app.cs" <<'CODE'
#:package Microsoft.ML.OnnxRuntime@1.31.1
using System.Text;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

const int Rows = 33;
var unlike = 0;
foreach (var width in new[] { 5, 9, 17 })
{
    using var session = new InferenceSession(Model(width));
    for (var missing = 0; missing < width; missing++)
    {
        float[] row = [.. Enumerable.Range(1, width).Select(number => number == missing + 1 ? float.NaN : number)];
        float[] batch = [.. Enumerable.Repeat(row, Rows).SelectMany(numbers => numbers)];
        using var answers = session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(batch, [Rows, width]))]);
        var seen = answers[0].AsEnumerable<float>().Distinct().ToList();
        if (seen.Count > 1) unlike++;
        Console.WriteLine($"{width} numbers, NaN in place {missing}: {string.Join(", ", seen)}");
    }
}

Console.WriteLine($"{unlike} times equal rows of one run were answered unlike");
return unlike > 0 ? 0 : 1;

// Input x [n, width], output y [n]: the largest number of each row. A ModelProto, field by field (onnx.proto).
static byte[] Model(int width)
{
    byte[] axes = [.. Text(1, "axes"), .. Number(8, 1), .. Number(20, 7)];
    byte[] keep = [.. Text(1, "keepdims"), .. Number(3, 0), .. Number(20, 2)];
    byte[] node = [.. Text(1, "x"), .. Text(2, "y"), .. Text(4, "ReduceMax"), .. Part(5, axes), .. Part(5, keep)];
    byte[] graph = [.. Part(1, node), .. Text(2, "g"), .. Part(11, Value("x", Text(2, "n"), Number(1, width))), .. Part(12, Value("y", Text(2, "n")))];
    return [.. Number(1, 8), .. Part(7, graph), .. Part(8, [.. Text(1, ""), .. Number(2, 13)])];
}

static byte[] Value(string name, params byte[][] dimensions) =>
    [.. Text(1, name), .. Part(2, Part(1, [.. Number(1, 1), .. Part(2, [.. dimensions.SelectMany(dimension => Part(1, dimension))])]))];

static byte[] Part(int field, byte[] content) => [.. Varint((field << 3) | 2), .. Varint(content.Length), .. content];

static byte[] Text(int field, string text) => Part(field, Encoding.UTF8.GetBytes(text));

static byte[] Number(int field, long value) => [.. Varint(field << 3), .. Varint(value)];

static byte[] Varint(long value) => value < 128 ? [(byte)value] : [(byte)(value | 128), .. Varint(value >> 7)];
CODE
cd "$folder"
dotnet run app.cs
