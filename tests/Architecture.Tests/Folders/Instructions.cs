using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace Platform.Architecture.Tests.Folders;

/// <summary>Reads the instructions of a method as ECMA-335, partition III, lays them out.</summary>
internal static class Instructions
{
    private const byte FirstOfTwo = 0xFE;

    private static readonly Dictionary<short, OpCode> ByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>Tokens of the types, methods and fields that the instructions name.</summary>
    public static IEnumerable<int> Tokens(byte[] body)
    {
        for (var at = 0; at < body.Length;)
        {
            var code = ByValue[body[at] == FirstOfTwo ? BinaryPrimitives.ReadInt16BigEndian(body.AsSpan(at)) : body[at]];
            at += code.Size;
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
                yield return BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(at));
            at += Operand(code.OperandType, body, at);
        }
    }

    private static int Operand(OperandType type, byte[] body, int at) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(at))),
        _ => 4,
    };
}
