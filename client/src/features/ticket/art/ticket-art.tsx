import { useId, type ReactNode } from 'react';
import { artworkOf, type Pattern } from './artwork';
import styles from './ticket-art.module.css';

const WIDTH = 400;
const HEIGHT = 240;

/** The artwork's random number at a place. */
type RandomAt = (index: number) => number;

const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const round = (value: number) => Math.round(value * 10) / 10;

/** Each pattern draws in white over the gradient; the picture's opacity does the rest. */
const draw: Record<Pattern, (random: RandomAt) => ReactNode> = {
  rays: (random) => {
    const x = 60 + random(0) * 280;
    const point = (angle: number) =>
      `${round(x + 520 * Math.cos(angle))},${round(260 - 520 * Math.sin(angle))}`;
    return range(9).map((ray) => {
      const start = (Math.PI * (ray + random(1) * 0.5)) / 9;
      return <polygon key={ray} points={`${round(x)},260 ${point(start)} ${point(start + 0.17)}`} />;
    });
  },
  equalizer: (random) =>
    range(20).map((bar) => {
      const height = round(20 + random(bar) * 150);
      return <rect key={bar} x={bar * 20 + 4} y={HEIGHT - height} width="12" height={height} rx="6" />;
    }),
  arcs: (random) => {
    const x = round(60 + random(0) * 280);
    return range(7).map((ring) => {
      const r = 40 + ring * 38;
      return <circle key={ring} cx={x} cy={HEIGHT + 10} r={r} fill="none" stroke="#fff" strokeWidth="12" />;
    });
  },
  dots: (random) =>
    range(48).map((dot) => {
      const [x, y] = [(dot % 8) * 52 + 18, Math.floor(dot / 8) * 44 + 14];
      return <circle key={dot} cx={x} cy={y} r={round(3 + random(dot) * 14)} />;
    }),
  waves: (random) =>
    range(6).map((wave) => {
      const lift = round(16 + random(wave) * 34);
      const path = `M0 ${60 + wave * 34} q50 ${-lift} 100 0 t100 0 t100 0 t100 0`;
      return <path key={wave} d={path} fill="none" stroke="#fff" strokeWidth="9" />;
    }),
  confetti: (random) =>
    range(16).map((piece) => {
      const [x, y] = [round(random(piece) * WIDTH), round(random(piece + 16) * HEIGHT)];
      if (piece % 3 === 0) return <circle key={piece} cx={x} cy={y} r="11" />;
      const turn = `rotate(${Math.round(random(piece + 32) * 180)} ${x} ${y})`;
      return <rect key={piece} x={x} y={y} width="34" height="12" rx="4" transform={turn} />;
    }),
};

/** A poster drawn from the title. Attributes only: the page's policy allows no inline styles. */
export const TicketArt = ({ title }: { title: string }) => {
  const id = `art${useId().replace(/[^a-z0-9]/gi, '')}`;
  const art = artworkOf(title);
  const random: RandomAt = (index) => art.random[index] ?? 0;
  return (
    <svg
      className={styles.art}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      focusable="false"
    >
      <defs>
        <linearGradient id={`${id}-sky`} x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor={art.from} />
          <stop offset="1" stopColor={art.to} />
        </linearGradient>
        <radialGradient id={`${id}-glow`}>
          <stop offset="0" stopColor={art.glow} stopOpacity="0.85" />
          <stop offset="1" stopColor={art.glow} stopOpacity="0" />
        </radialGradient>
      </defs>
      <rect width={WIDTH} height={HEIGHT} fill={`url(#${id}-sky)`} />
      <circle cx={round(random(46) * WIDTH)} cy={round(random(47) * 150)} r="190" fill={`url(#${id}-glow)`} />
      <g fill="#fff" opacity="0.2">
        {draw[art.pattern](random)}
      </g>
    </svg>
  );
};
