using System.Reflection;

namespace Platform.Architecture.Tests.Folders;

/// <summary>
/// What compiled code refers to: what a type derives from, holds, takes, returns, is marked with, and names in the bodies of its methods.
/// A constant leaves no trace in who uses it, nor does <c>nameof</c>: neither ties two types together once they are compiled.
/// </summary>
internal static class TypeReferences
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    /// <summary>Each as its outermost type: closures, state machines and nested types count as what they are written in.</summary>
    public static IReadOnlySet<Type> Of(Type type) => new HashSet<Type>(Named(type).OfType<Type>().SelectMany(Parts).Select(Outermost));

    public static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<Type?> Named(Type type) =>
    [
        type.BaseType,
        .. type.GetInterfaces(),
        .. Marks(type),
        .. type.GetGenericArguments().SelectMany(argument => argument.IsGenericParameter ? argument.GetGenericParameterConstraints() : []),
        .. type.GetFields(Declared).SelectMany(field => Marks(field).Append(field.FieldType)),
        .. type.GetProperties(Declared).SelectMany(Marks),
        .. type.GetConstructors(Declared).SelectMany(Method),
        .. type.GetMethods(Declared).SelectMany(Method),
        .. type.GetNestedTypes(Declared).SelectMany(Named),
    ];

    private static IEnumerable<Type?> Method(MethodBase method) =>
    [
        (method as MethodInfo)?.ReturnType,
        .. Marks(method),
        .. method.GetParameters().SelectMany(parameter => Marks(parameter).Append(parameter.ParameterType)),
        .. GenericArguments(method).SelectMany(argument => argument.IsGenericParameter ? argument.GetGenericParameterConstraints() : []),
        .. method.GetMethodBody() is { } body ? Body(method, body) : [],
    ];

    private static IEnumerable<Type?> Body(MethodBase method, MethodBody body) =>
    [
        .. body.LocalVariables.Select(local => local.LocalType),
        .. body.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause).Select(clause => clause.CatchType),
        .. Instructions.Tokens(body.GetILAsByteArray()!).SelectMany(token => Member(method, token)),
    ];

    private static IEnumerable<Type?> Member(MethodBase method, int token)
    {
        var arguments = method.DeclaringType!.GetGenericArguments();
        var member = method.Module.ResolveMember(token, arguments, GenericArguments(method))!;
        return [member as Type ?? member.DeclaringType, .. member is MethodBase called ? GenericArguments(called) : []];
    }

    private static Type[] GenericArguments(MethodBase method) => method is MethodInfo { IsGenericMethod: true } ? method.GetGenericArguments() : [];

    private static IEnumerable<Type> Marks(MemberInfo member) => member.GetCustomAttributesData().SelectMany(Mark);

    private static IEnumerable<Type> Marks(ParameterInfo parameter) => parameter.GetCustomAttributesData().SelectMany(Mark);

    private static IEnumerable<Type> Mark(CustomAttributeData mark) =>
        [mark.AttributeType, .. mark.ConstructorArguments.Select(argument => argument.Value).OfType<Type>()];

    /// <summary><c>Task&lt;Model[]&gt;</c> is a task and a model.</summary>
    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType) return Parts(type.GetElementType()!);
        if (type.IsGenericParameter) return [];
        return type.IsGenericType ? [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)] : [type];
    }
}
