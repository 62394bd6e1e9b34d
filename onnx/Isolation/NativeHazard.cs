using Platform.Onnx.Graphs;

namespace Platform.Onnx.Isolation;

/// <summary>
/// What a request can do to the process that runs a model: an operator of the graph whose native code the values of a request may bring to
/// end the process, or that takes as much memory as a number in the request says. What cannot be told apart from one is one.
/// </summary>
/// <param name="Operator">Its name, with its domain where that is not the default one.</param>
/// <param name="Node">The name of this use of it, or of what it makes where it has none.</param>
/// <param name="Why">What it may do: the rest of a sentence that begins with the operator.</param>
/// <param name="EndsProcess">True where it ends the process at once, without asking for memory first.</param>
public sealed record NativeHazard(string Operator, string Node, string Why, bool EndsProcess)
{
    /// <summary>What can be found in the model in the file at <paramref name="path"/>; null where there is nothing.</summary>
    public static NativeHazard? Find(string path)
    {
        try
        {
            return HazardWalker.Find(OnnxFileReader.Read(path));
        }
#pragma warning disable CA1031 // whatever a file holds that is not expected here, nothing is known of what it does
        catch (Exception exception) when (exception is not IOException)
#pragma warning restore CA1031
        {
            return new NativeHazard("The graph", "", $"cannot be followed: {exception.Message}", EndsProcess: true);
        }
    }

    public override string ToString() => Node.Length > 0 ? $"{Operator} ('{Node}') {Why}" : $"{Operator} {Why}";
}
