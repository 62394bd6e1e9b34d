namespace Platform.Onnx.Graphs;

/// <summary>What a function's operators are where it is used.</summary>
internal static class FunctionNodes
{
    /// <summary>A function's operator with the attributes that it takes over from the function's use.</summary>
    public static OnnxNode Fill(OnnxNode node, OnnxNode use, OnnxFunction function)
    {
        if (node.Attributes.Values.All(attribute => attribute.Reference.Length == 0)) return node;
        var filled = new OnnxNode { Name = node.Name, Operator = node.Operator };
        filled.Inputs.AddRange(node.Inputs);
        filled.Outputs.AddRange(node.Outputs);
        foreach (var (name, attribute) in node.Attributes)
        {
            if (attribute.Reference.Length == 0) filled.Attributes[name] = attribute;
            else if (use.Attributes.TryGetValue(attribute.Reference, out var given)) filled.Attributes[name] = given;
            else if (function.Defaults.TryGetValue(attribute.Reference, out var fallback)) filled.Attributes[name] = fallback;
        }

        return filled;
    }
}
