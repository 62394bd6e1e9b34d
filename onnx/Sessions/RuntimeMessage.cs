using System.Text.RegularExpressions;
using Microsoft.ML.OnnxRuntime;

namespace Platform.Onnx.Sessions;

/// <summary>Makes ONNX Runtime's messages fit for callers: what went wrong, without codes, source lines or paths of this machine.</summary>
internal static partial class RuntimeMessage
{
    private const int MaxLength = 600;

    public static string Clean(OnnxRuntimeException exception, string? path = null)
    {
        var message = path is null ? exception.Message : exception.Message.Replace(path, "the file", StringComparison.Ordinal);
        message = BareSourceLine().Replace(SourceLine().Replace(ErrorCode().Replace(message, ""), ""), " ");
        message = message.Replace("std::bad_alloc", " there is not enough memory for it", StringComparison.Ordinal);
        message = Spaces().Replace(message, " ").Trim();
        return message.Length <= MaxLength ? message : message[..MaxLength] + "…";
    }

    [GeneratedRegex(@"\[ErrorCode:\w+\]\s*")]
    private static partial Regex ErrorCode();

    // For example "/onnxruntime_src/onnxruntime/core/framework/tensor.cc:54 onnxruntime::common::Status …::Compute(...) const ".
    [GeneratedRegex(@"/\S+\.(?:cc|cpp|h|hpp|cu):\d+\s+(?:[^()]*\([^()]*\)(?:\s*const)?\s*)?")]
    private static partial Regex SourceLine();

    // Some name the file alone, "endian_utils.cc:66 CopyLittleEndian ", and the function without its parameters (seen with ONNX Runtime 1.31.1).
    [GeneratedRegex(@"\b[\w-]+\.(?:cc|cpp|h|hpp|cu):\d+\s+(?:\w+\s+)?")]
    private static partial Regex BareSourceLine();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
