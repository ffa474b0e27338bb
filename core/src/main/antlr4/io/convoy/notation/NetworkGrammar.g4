/*
 * The notation of courses and papers for networks that are a chain of layers:
 *
 *   INPUT(32,32,3) => [CONV(64,3x3) => RELU => BN] * 2 => POOL(2)? => FC(10)
 *
 * What the names mean is no part of it.
 */
grammar NetworkGrammar;

network : chain EOF ;

chain : item (ARROW item)* ;

item : (layer | OPEN chain CLOSE) (OPTIONAL | TIMES turns)? ;

turns : WHOLE | NAME ;

layer : NAME arguments? ;

arguments : LEFT (argument (COMMA argument)*)? RIGHT ;

argument : (NAME EQUALS)? value ;

value : WHOLE | NUMBER | SIZE | NAME arguments? | OPEN value (COMMA value)* CLOSE ;

ARROW : '=>' | '->' | '\u2192' ;
OPEN : '[' ;
CLOSE : ']' ;
LEFT : '(' ;
RIGHT : ')' ;
COMMA : ',' ;
EQUALS : '=' ;
OPTIONAL : '?' ;
TIMES : '*' | '\u00D7' ;

SIZE : DIGIT+ ([xX\u00D7] DIGIT+)+ ;
WHOLE : DIGIT+ ;
NUMBER : [+-]? (DIGIT+ ('.' DIGIT*)? | '.' DIGIT+) ([eE] [+-]? DIGIT+)? ;
NAME : [A-Za-z_] [A-Za-z0-9_]* ;
SPACE : [\p{White_Space}]+ -> skip ;

/** Whatever else there is, so that the parser alone tells errors. */
OTHER : . ;

fragment DIGIT : [0-9] ;
