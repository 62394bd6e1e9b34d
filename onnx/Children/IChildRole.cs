namespace Platform.Onnx.Children;

/// <summary>
/// What a child process does: a class without constructor parameters, in an assembly that lies beside the program. The child has neither
/// ASP.NET Core nor the parent's configuration; what it is to know, the parent writes to it.
/// </summary>
public interface IChildRole
{
    /// <summary>Works until it has nothing more to do; the process ends with it.</summary>
    /// <param name="input">What the parent writes. It ends when the parent closes it or dies.</param>
    /// <param name="output">What the parent reads; nothing else in the process can write there. It need not be flushed at the end.</param>
    void Run(Stream input, Stream output);
}
