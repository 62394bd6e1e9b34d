using Platform.Onnx.Sessions;

namespace Platform.Onnx.Pipelines;

/// <summary>
/// The files of a pipeline: its document, and those of its parts, which lie where artifacts do, in <c>ab/abcd…</c> beside the folder that the
/// document is in.
/// </summary>
/// <param name="Document">The document.</param>
/// <param name="Steps">Each step with its file.</param>
internal sealed record PipelineParts(PipelineDocument Document, IReadOnlyList<(PipelineStep Step, string File)> Steps)
{
    private const int DigestLength = 64;

    /// <exception cref="ModelLoadException">The document cannot be read, or a part is not there.</exception>
    public static PipelineParts Of(string path)
    {
        try
        {
            var document = PipelineDocument.Read(path);
            return new PipelineParts(document, [.. document.Steps.Select(step => (step, Find(path, step)))]);
        }
        catch (InvalidDataException exception)
        {
            throw new ModelLoadException(exception.Message, exception);
        }
    }

    private static string Find(string path, PipelineStep step)
    {
        if (step.Sha256 is not { Length: DigestLength } digest || !digest.All(char.IsAsciiHexDigitLower)) throw new ModelLoadException($"{step.Label}: nobody knows its file.");
        var file = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, "..", digest[..2], digest));
        return File.Exists(file) && !ModelFile.IsPipeline(file) ? file : throw new ModelLoadException($"{step.Label}: its file is not here.");
    }
}
