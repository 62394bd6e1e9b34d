using Platform.Onnx.Bundles;

namespace Platform.Onnx.Inspection;

/// <summary>
/// Reads an uploaded file before anything runs it, and refuses what must not reach the runtime. Whatever the bytes are, the
/// answer is a <see cref="ModelInspection"/>; that ONNX Runtime can load the file is a further question
/// (<see cref="Sessions.ModelSession.Load"/>).
/// </summary>
public static class ModelInspector
{
    /// <summary>Inspects an ONNX file, or a bundle of one with its data files, which its tensors have to fit.</summary>
    public static ModelInspection Inspect(string path, InspectionLimits? limits = null)
    {
        using var file = File.OpenRead(path);
        try
        {
            var bundle = ModelBundle.Open(file);
            file.Position = bundle.Model.Offset;
            return Inspect(file, bundle.Model.Length, bundle.Data, limits ?? new InspectionLimits());
        }
        catch (InvalidDataException exception)
        {
            return Refused($"The file is not an acceptable ONNX model: {exception.Message}.");
        }
    }

    /// <summary>Inspects from the stream's position to its end.</summary>
    /// <param name="content">A stream that can seek.</param>
    /// <param name="limits">What the file may hold.</param>
    public static ModelInspection Inspect(Stream content, InspectionLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(content);
        return Inspect(content, content.Length - content.Position, new Dictionary<string, BundledFile>(), limits ?? new InspectionLimits());
    }

    private static ModelInspection Inspect(Stream content, long size, IReadOnlyDictionary<string, BundledFile> files, InspectionLimits limits)
    {
        if (size > limits.MaxBytes) return Refused($"The file has {size} bytes; at most {limits.MaxBytes} are accepted.");
        if (size == 0) return Refused("The file is empty.");

        try
        {
            return new ModelWalk(new ProtobufReader(content, size), limits, files).Inspect();
        }
        catch (InvalidDataException exception)
        {
            return Refused($"The file is not an acceptable ONNX model: {exception.Message}.");
        }
    }

    private static ModelInspection Refused(string problem) => new() { Problem = problem };
}
