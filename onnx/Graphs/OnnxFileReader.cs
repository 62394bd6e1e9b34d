using Platform.Onnx.Bundles;
using Platform.Onnx.Inspection;

namespace Platform.Onnx.Graphs;

/// <summary>
/// Reads the structure of an ONNX file. Field numbers are those of onnx.proto (https://github.com/onnx/onnx). What it keeps is
/// bounded, whatever the file holds: operators by <see cref="InspectionLimits.MaxNodes"/>, values by <see cref="ValueBudget"/>.
/// </summary>
internal static class OnnxFileReader
{
    /// <exception cref="InvalidDataException">The file is no ONNX file, or has more operators than are looked at.</exception>
    public static OnnxModel Read(string path)
    {
        using var file = File.OpenRead(path);
        var bundle = ModelBundle.Open(file);
        file.Position = bundle.Model.Offset;
        var (reader, budget) = (new ProtobufReader(file, bundle.Model.Length), new ValueBudget());
        return Read(reader, new GraphReader(reader, new ConstantReader(reader, new ConstantFiles(file.SafeFileHandle, bundle), budget), budget));
    }

    private static OnnxModel Read(ProtobufReader reader, GraphReader graphs)
    {
        var operatorSets = new Dictionary<string, long>();
        var functions = new Dictionary<OperatorName, OnnxFunction>();
        OnnxGraph? graph = null;
        while (reader.ReadField())
        {
            // The runtime would take two for one, of which only the second would be seen here.
            if (reader.Is(7, WireType.Bytes)) graph = graph is null ? graphs.ReadGraph() : throw new InvalidDataException("it has two graphs");
            else if (reader.Is(8, WireType.Bytes)) graphs.ReadOperatorSet(operatorSets);
            else if (reader.Is(25, WireType.Bytes)) ReadFunction(graphs, functions);
            else reader.SkipField();
        }

        return new OnnxModel
        {
            Graph = graph ?? throw new InvalidDataException("it has no graph"),
            OperatorSets = operatorSets,
            Functions = functions,
        };
    }

    private static void ReadFunction(GraphReader graphs, Dictionary<OperatorName, OnnxFunction> functions)
    {
        var (name, function) = graphs.ReadFunction();
        // Which of two is meant, a use may say in ways that are not read here.
        if (!functions.TryAdd(name, function)) throw new InvalidDataException("it has two functions of one name");
    }
}

/// <summary>Counts down what may still be kept of a file.</summary>
internal sealed class ValueBudget
{
    private int _values = 2_000_000;
    private int _singles = 4_000_000;
    private int _nodes = new InspectionLimits().MaxNodes;

    /// <summary>Room for one more value; false once there is none.</summary>
    public bool TryTakeValue() => --_values >= 0;

    /// <summary>Room for that many values; false once there is not.</summary>
    public bool TryTakeValues(long count)
    {
        if (count > _values) return false;
        _values -= (int)count;
        return true;
    }

    /// <summary>Room for one more floating-point number of an attribute; they have room of their own.</summary>
    public bool TryTakeSingle() => --_singles >= 0;

    public void TakeNode()
    {
        if (--_nodes < 0) throw new InvalidDataException("it has too many operators");
    }
}
