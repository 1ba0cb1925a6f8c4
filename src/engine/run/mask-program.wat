;; Hides secrets in one piece of output; `maskProgram` of mask-program.ts is this file, assembled.
;;
;; At the beginning of the memory stands a byte for each pair of bytes: how far the start of a secret is at least behind a place
;; whose window, as long as the shortest secret, ends with that pair (the search of Wu and Manber). Most places of a text
;; are skipped that way. Where the byte is 0, each secret is compared: its length in four bytes, its own bytes, the
;; next one, longest first, until a length of 0.
;;
;; Eight bytes are read and written at a time, also at ends, so what lies behind the piece and behind the result is touched.
(module
  (import "mask" "memory" (memory 1))
  ;; How many bytes behind the safe end belong to a secret whose stars are written already.
  (global $covered (export "covered") (mut i32) (i32.const 0))

  ;; Answers the length of the result, or -1 when no secret was found: then nothing was written.
  (func (export "mask")
    (param $at i32)       ;; the place that is looked at; at first the beginning of the piece
    (param $from i32)     ;; what lies before is written, or belongs to a secret
    (param $safeEnd i32)  ;; secrets that start here or later wait for more bytes
    (param $end i32)      ;; of the piece
    (param $shortest i32) ;; length of the shortest secret, at least 2
    (param $secret i32)   ;; the first of them
    (param $out i32)      ;; where the result goes
    (result i32)
    (local $first i32) (local $start i32) (local $last i32)
    (local $skip i32) (local $word i32) (local $length i32) (local $next i32)
    (local.set $first (local.get $from))
    (local.set $start (local.get $out))
    (local.set $last (i32.sub (local.get $end) (local.get $shortest)))
    (block $over
      (loop $scan
        (br_if $over (i32.gt_s (local.get $at) (local.get $last)))
        (local.set $skip
          (i32.load8_u
            (i32.load16_u
              (i32.sub (i32.add (local.get $at) (local.get $shortest)) (i32.const 2)))))
        (if (local.get $skip)
          (then
            (local.set $at (i32.add (local.get $at) (local.get $skip)))
            (br $scan)))
        (br_if $over (i32.ge_s (local.get $at) (local.get $safeEnd)))

        ;; Which secret starts here?
        (local.set $word (local.get $secret))
        (block $found
          (loop $try
            (local.set $length (i32.load (local.get $word)))
            (if (i32.eqz (local.get $length))
              (then
                (local.set $at (i32.add (local.get $at) (i32.const 1)))
                (br $scan)))
            (local.set $word (i32.add (local.get $word) (i32.const 4)))
            (block $other
              (br_if $other
                (i32.gt_s (i32.add (local.get $at) (local.get $length)) (local.get $end)))
              (local.set $next (i32.const 0))
              (block $rest
                (loop $compare
                  (br_if $rest
                    (i32.gt_s (i32.add (local.get $next) (i32.const 8)) (local.get $length)))
                  (br_if $other
                    (i64.ne
                      (i64.load (i32.add (local.get $at) (local.get $next)))
                      (i64.load (i32.add (local.get $word) (local.get $next)))))
                  (local.set $next (i32.add (local.get $next) (i32.const 8)))
                  (br $compare)))
              (br_if $found (i32.eq (local.get $next) (local.get $length)))
              ;; The last few bytes: what is read beyond them is shifted out.
              (br_if $found
                (i64.eqz
                  (i64.shl
                    (i64.xor
                      (i64.load (i32.add (local.get $at) (local.get $next)))
                      (i64.load (i32.add (local.get $word) (local.get $next))))
                    (i64.extend_i32_u
                      (i32.shl
                        (i32.sub
                          (i32.const 8)
                          (i32.sub (local.get $length) (local.get $next)))
                        (i32.const 3)))))))
            (local.set $word (i32.add (local.get $word) (local.get $length)))
            (br $try)))

        ;; Secrets that overlap are one; otherwise what lies before this one is written, and the stars.
        (local.set $next (i32.add (local.get $at) (local.get $length)))
        (if (i32.ge_s (local.get $at) (local.get $from))
          (then
            (block $copied
              (loop $copy
                (br_if $copied (i32.ge_s (local.get $from) (local.get $at)))
                (i64.store (local.get $out) (i64.load (local.get $from)))
                (local.set $from (i32.add (local.get $from) (i32.const 8)))
                (local.set $out (i32.add (local.get $out) (i32.const 8)))
                (br $copy)))
            (local.set $out
              (i32.sub (local.get $out) (i32.sub (local.get $from) (local.get $at))))
            (i32.store (local.get $out) (i32.const 0x2a2a2a))
            (local.set $out (i32.add (local.get $out) (i32.const 3)))
            (local.set $from (local.get $next))))
        (if (i32.gt_s (local.get $next) (local.get $from))
          (then (local.set $from (local.get $next))))
        ;; One byte further, not a whole secret: another one may begin inside of it.
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $scan)))

    (global.set $covered (i32.const 0))
    (if (i32.ge_s (local.get $from) (local.get $safeEnd))
      (then
        (global.set $covered (i32.sub (local.get $from) (local.get $safeEnd)))
        (return (i32.sub (local.get $out) (local.get $start)))))
    (if (i32.eq (local.get $from) (local.get $first))
      (then (return (i32.const -1))))
    (block $copied
      (loop $copy
        (br_if $copied (i32.ge_s (local.get $from) (local.get $safeEnd)))
        (i64.store (local.get $out) (i64.load (local.get $from)))
        (local.set $from (i32.add (local.get $from) (i32.const 8)))
        (local.set $out (i32.add (local.get $out) (i32.const 8)))
        (br $copy)))
    (i32.sub
      (i32.sub (local.get $out) (i32.sub (local.get $from) (local.get $safeEnd)))
      (local.get $start))))
