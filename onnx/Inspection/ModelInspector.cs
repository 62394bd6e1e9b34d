namespace Platform.Onnx.Inspection;

/// <summary>
/// Reads an uploaded file before anything runs it, and refuses what must not reach the runtime. Whatever the bytes are, the
/// answer is a <see cref="ModelInspection"/>; that ONNX Runtime can load the file is a further question
/// (<see cref="Sessions.ModelSession.Load"/>).
/// </summary>
public static class ModelInspector
{
    public static ModelInspection Inspect(string path, InspectionLimits? limits = null)
    {
        using var file = File.OpenRead(path);
        return Inspect(file, limits);
    }

    /// <summary>Inspects from the stream's position to its end.</summary>
    /// <param name="content">A stream that can seek.</param>
    /// <param name="limits">What the file may hold.</param>
    public static ModelInspection Inspect(Stream content, InspectionLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(content);
        limits ??= new InspectionLimits();
        var size = content.Length - content.Position;
        if (size > limits.MaxBytes) return Refused($"The file has {size} bytes; at most {limits.MaxBytes} are accepted.");
        if (size == 0) return Refused("The file is empty.");

        try
        {
            return new ModelWalk(new ProtobufReader(content, size), limits).Inspect();
        }
        catch (InvalidDataException exception)
        {
            return Refused($"The file is not an acceptable ONNX model: {exception.Message}.");
        }
    }

    private static ModelInspection Refused(string problem) => new() { Problem = problem };
}
